<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fa_IR">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report&apos;s &amp;experiment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wipe and flicker a&amp;gainst</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Error maps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error &amp;colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This technique is switched off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an image first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No image is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no complete result yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something else is being written just now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These colours are for signed errors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These colours are for errors without a sign.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All levels are automatic, gamma and exposure neutral.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every parameter is at its default.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an image file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the image, or the file, that was copied elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the image and its results away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export figure…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the comparison as one figure: PDF, SVG or PNG.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export &amp;numbers…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write every number of the comparison: CSV or JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the comparison as a picture, to paste it elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the window; it comes back as it is now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back the last change of a parameter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the change again that was taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset &amp;all parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring every parameter back to its default.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Differential: 300 × 360, 3 × 3 blur</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;LSH: 38 × 38, 7 × 7 blur</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load what the main report ran; show what it claimed beside what is measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom to &amp;fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom to &amp;100 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show one pixel of the image as one of the screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show less of the image, larger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show more of the image, smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Link views</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move and zoom all images together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the system&apos;s choice of light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark text on light.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light text on dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run all techniques that are shown again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop what is running; the last result stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys and mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List what every key and movement of the mouse does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell what this program is, and its versions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find anything that the menus can do by a few letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Wipe left and right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the exact output left of a line that can be dragged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wipe &amp;top and bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the exact output above a line that can be dragged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show whether the output is above or below the exact one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Absolute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show how far the output is from the exact one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Relative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show how far it is, in percent of the exact value (plus 1 % of the largest, so that it stays finite at 0).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;quared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the square of the error, of which the MSE is the mean.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As s&amp;een (FLIP)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show how different both look when they take turns on a screen, by the FLIP metric (Andersson et al. 2020).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go to pixel…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the crosshair on a pixel that is typed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;rame what is seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure the part of the image that is seen, as dragging over a picture with Shift held does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame &amp;nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the frame of the region away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Flicker while the key is held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the exact output in every panel until the key is let go.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold the other outputs against that of this technique.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Logarithmic histogram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the counts of errors as logarithms, so that few are seen beside many.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show errors in these colours, told apart by colour-blind eyes, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Only the region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure accuracies, also those that are exported, in the region that is framed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profile along a &amp;line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a line at the crosshair; again to end it there, and again to take it away. Dragging with Alt held draws one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Profile along the column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show values from top to bottom through the crosshair, not from left to right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;utomatic levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take all levels from the values again; gamma and exposure become neutral.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A gradient with noise: no two windows are the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A painted landscape: gradients, soft textures and hard edges.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A photograph: fur, full of fine detail.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A photograph: smooth surfaces, a sharp rim, fine wood grain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Black – white</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue – orange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue – yellow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Differential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ember</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Greys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Icon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LSH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Large flat areas with clean edges: neighbouring windows are equal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sea</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text and lines, black on white: most windows equal another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report&apos;s 5 x 5 image, small enough to check by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Violet – green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worked by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin a session with nothing in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open s&amp;ession…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a session file: image, parameters, history, notes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write image, parameters, history and notes to one file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the session to another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep the image in the session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the image into the session&apos;s file; else only its path and SHA-256.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore after a crash…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again about what a crash left behind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No crash left anything behind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare as &amp;A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin the run chosen in the history as A, or take it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare as &amp;B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin the run chosen in the history as B, or take it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore its settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back to the settings of the run chosen in the history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the run chosen in the history, so that it stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the run chosen in the history out of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write n&amp;otes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the keyboard into the notes of the session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run is chosen in the history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export &amp;batch…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare many images with these parameters: a figure for each and one table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A batch is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Inspect this pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain the output at the crosshair.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step window by window by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the window large, in place of the whole image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy formula as &amp;text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the arithmetic that is shown, with its numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy formula as &amp;LaTeX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the arithmetic that is shown, to typeset it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Worked example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go through the convolution that a report works by hand, window by window, its misprint too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;End the worked example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back to the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is shown in the tab Inspect yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worked example is not open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy run as &amp;Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy a short program that does exactly this run and prints its figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy run as command &amp;line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the call of convgui compare that does exactly this run, quoted for a POSIX shell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image was pasted. Save it to a file and open that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Refuse them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open only files of which nothing is missing or wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what is &amp;decoded, marked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show damaged pictures with a warning, and refuse files that hold no whole picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;cut off files, too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also show what is left of files that end too early.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;whatever there is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show whatever a decoder makes of a file, with a warning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Damaged files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy versions, settings and the last lines of the log, to report a fault; neither file names nor anything of files is in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;hoose LSH for me…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick family, hashes, step, scope and correction for a budget of multiplications, or for a wanted PSNR.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AnalysisPanel</name>
    <message>
        <source>Images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error maps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Histogram of the errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BankPanel</name>
    <message>
        <source>Bank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} filters</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>Export a batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every image is compared with the parameters, and drawn with the choices of the figure, as they are now. What is there already is not written over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder of images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for the figures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BatchForm</name>
    <message>
        <source>Images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for the figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for the figures and the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format of the figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures &amp;as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add images first, or drop them here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose where the figures go.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Batches</name>
    <message>
        <source>Export them all…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting a batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A batch is still being exported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop it and close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on exporting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {wanted} images are exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled; {done} of {wanted} images are exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {wanted} images were exported before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ending the batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, the numbers are in {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; {count} skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BitsPanel</name>
    <message>
        <source>Effectual terms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an image to see its terms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Terms are counted for images of 8 bits; this one holds other numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A multiplier that takes a value bit by bit needs a step for each digit that is not 0, its effectual terms. Neighbours resemble each other: differences have fewer, in signed digits, while small negative ones are mostly ones in two&apos;s complement. What such a machine gains (Mahmoud and others, Diffy, 2018); a processor gains nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two&apos;s complement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed digits (Booth)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: share of values by terms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>terms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean terms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Binary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ones in two&apos;s complement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Booth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Non-zero digits in canonical signed-digit form, what a Booth coder aims at</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>Sums</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recomputed and kernel&apos;s output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Products</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BreakEven</name>
    <message>
        <source>Break-even number of filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never pays: no product is spared. M = {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pays from M = {0} filters on; M = {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With set-up, sums and correction: never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With set-up, sums and correction: from M = {0} on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>H ÷ (1 − r_c) filters: from there on hashing takes fewer multiplications than it spares.
The thin line counts all other multiplications, too.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChooseDialog</name>
    <message>
        <source>Choose a setting of reuse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family, hashes, step, scope and correction are picked from the windows of this image. The run after it tells whether what is expected comes true.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The &amp;best accuracy for at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The &amp;fewest multiplications for at least</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> % of exact&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multiplications that may be spent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> dB PSNR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy that is wanted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Open an image first: a setting is chosen from its windows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choosing a setting from the windows…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choosing a setting from the windows: {count} tried</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The parameters were changed meanwhile: nothing was chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen was {name}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} as chosen. {verdict}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChosenCluster</name>
    <message>
        <source>Chosen cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No cluster is chosen. Click a window or a row below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster {0}, chosen by window x {1}, y {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Representative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code, in steps: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code, in bits: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows of this code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RMSE of their outputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Against exact, filter shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of squared error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spread, RMS distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smallest distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This window&apos;s distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of members from the representative, Euclidean: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClusterList</name>
    <message>
        <source>Largest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most harmful</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which clusters are listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By members, or by the share of the squared error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RMSE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClusterPicture</name>
    <message>
        <source>What is clustered by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is clustered by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What windows are coloured by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What windows are coloured by.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>members, log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of squared error, log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piece {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors are those of filter {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a window, or go there with the arrow keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window x {0}, y {1} · cluster {2} · {3} members</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColourBar</name>
    <message>
        <source>Colours from {0} to {1} {2}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>grey levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>% of exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FLIP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Absolute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Squared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As seen (FLIP)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} − exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>|{0} − exact|</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>|{0} − exact| ÷ |exact|</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>({0} − exact)²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FLIP({0}, exact)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean {0} · {1} pixels per degree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean {0} · {1} px/°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>relative L2 {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest {0} · mean (MSE) {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest {0} · relative L2 {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point at a picture. The wheel zooms, dragging pans, or frames a region with Shift.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RGB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} NaN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} infinite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} multiplications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} mult.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as published · {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>publ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of the multiplications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of mult.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} · {1} of the multiplications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} · {1} of mult.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stride</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dilation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>{name} · {width} × {height} × {channels} · compared in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report&apos;s settings are loaded. Open an image to run them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Diagnostics</name>
    <message>
        <source>What a report of a fault needs is on the clipboard, without private paths.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DockAction</name>
    <message>
        <source>Show or hide this dock ({0})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DockTitle</name>
    <message>
        <source>Detach {0}, or put it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DriftPanel</name>
    <message>
        <source>Error by column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show an example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave differences of up to 4 of 256 grey levels out, along rows. The parameters stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an image to see drift.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working it out…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At threshold 0 nothing is skipped and nothing drifts. Set a threshold under Differential to see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every window is compared with the first one: nothing is carried on, nothing drifts. Take “previous” for reference to see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Differences are carried down the columns, not along the rows. Take “previous” for reference to see drift along rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As published nothing is skipped: there is no drift to see.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RMS error, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RMS error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forgotten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>column of the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, the error grows from {1} in the first quarter of the columns to {2} in the last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, it does not grow: {1} at first, {2} at last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Differences up to {0} left out, reference “{1}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept, none can be beyond {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point at the curves, or use the arrow keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column {0} · kept {1} · forgotten {2} · largest {3} and {4}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Drop an image here to see it convolved three ways.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open image…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an image file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or try a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorHistogram</name>
    <message>
        <source>Point at a bar to mark its pixels; a click keeps them marked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Histogram of the errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines on top reach from the 5th to the 95th percentile; dots are medians.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Few pixels can be seen beside many.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Percentiles of the errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> and beyond</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1} {2}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>There is not enough memory for this. Make the image or the bank smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong in the program: {error}. You can go on working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system refused this: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} could not be used: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorsForm</name>
    <message>
        <source>What is shown of the difference between an output and the exact one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of them can be told apart by colour-blind eyes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels of the errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The errors shown in the first and the last colour, in all maps alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the errors</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>PDF, vector (*.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SVG, vector (*.svg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG, {dpi} dpi (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing the figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figure is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FigureDialog</name>
    <message>
        <source>Export the figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FigureForm</name>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of PNG, and of the pictures inside PDF and SVG.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Error colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text below the figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;aption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error, {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ACM, one column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ACM, two columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elsevier, one column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elsevier, two columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IEEE, one column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IEEE, two columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nature, one column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nature, two columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Springer LNCS</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FigurePreview</name>
    <message>
        <source>Preview of the figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height} mm</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterStrip</name>
    <message>
        <source>Filters of the bank</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterView</name>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Gestures</name>
    <message>
        <source>In a picture: mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the values of all pictures at that pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom about the pointer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift + drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame a region and measure it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift + click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the frame away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt + drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a line for the profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt + click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the line away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a picture: keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the crosshair by a pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift + arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the crosshair by ten pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl + arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+, −</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom about the crosshair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the line of a wipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the line into the middle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt + arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the line of the picture that has the focus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the histogram of the errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark the pixels of a bin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the bin that is marked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left, right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the next bin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift + left, right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go ten bins on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home, End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the first or the last bin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In tables and fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab, Shift + Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the next field, or back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold a group, press a button, tick a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up, down, Page Up, Page Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step a number, a choice or a row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold or unfold a row of a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl + C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the rows of a table that are chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take what was typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give up what was typed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GoTo</name>
    <message>
        <source>Go to pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x, y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixel to go to, column and row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0–{0}, 0–{1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>About convgui</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convolves an image exactly, by differences and by locality-sensitive hashing, and shows what each gives, what it costs and where it errs.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Finished runs, the latest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every finished run will be kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare this run as A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare this run as B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back to the settings of this run (Return)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give this run a name, so that it stays (F2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take this run out of the history (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A and B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the outputs of A and B, their difference, a line between them (Alt+4)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was tried, and what came of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} · run {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin one run as A and another one as B to compare them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>B can&apos;t be measured against A: their outputs differ in size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The outputs are no longer held. Restore the settings of A and of B to compare them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PSNR of B against A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest difference of B from A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no error</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImagesForm</name>
    <message>
        <source>Levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels of the outputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The values shown black and white, in all outputs alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows values 2^EV times as large. The values stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Greys are raised to the power of 1/γ: above 1 dark parts open up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectBar</name>
    <message>
        <source>Column of the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row of the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter of the bank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step window by window by itself; the space bar starts and stops it, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the window and what is around it large, in place of the whole image.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectPanel</name>
    <message>
        <source>There is no complete result yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The formula was copied as text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The formula was copied as LaTeX.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter × representative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Products, sum {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference: the first window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference: the window to the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference: the window above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference: the same window of the image before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reference here: the window is multiplied in full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean of the cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First of the cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean of {0} members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doubled sum ÷ members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (x {0}, y {1})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As published: the difference is taken the other way round, and filter × reference is not added back, so this is no convolution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} differences are zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, {0} of the pixels were small differences, left out (crossed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added back: {0} = {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> Nothing differs: the output can be taken over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> The exact kernel ran alone: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut into steps of {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits: above the mean window&apos;s projection or not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits: above 0 or not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No clusters: the output is made of filter × mean window, and what each projection tells of the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code {0} → cluster {1} of {2}: {3} of {4} windows, lit on the output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>coefficient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>window − repr.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float64</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>differ by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} − exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of all squared errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next to the mean squared error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worked example, window {0} of {1}. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It follows {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report prints {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> So it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Misprint: it follows {0}, not {1}, from the report&apos;s own input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LessonStrip</name>
    <message>
        <source>Previous window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the lesson</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LookForm</name>
    <message>
        <source>{0}, lowest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, highest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed. Click to reset it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Docks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reuse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A and B</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put this message away</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>Open an image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights (*.npy *.csv *.txt)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} files were dropped; the first one, {name}, is opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the clipboard&apos;s image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no image to paste. Copy an image or an image file first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pasted image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is damaged: parts of it may be missing or wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This image has {width} × {height} pixels. Opening it takes {memory} of memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PairPanel</name>
    <message>
        <source>run {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>% of A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest {0} · {1} · SSIM {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter of the banks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs are pinned there as A and as B.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>W parts B by a line from A; while X is held, A is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A and B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin one run of the history as A and another one as B to see both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The outputs of A or of B are no longer held. Restore its settings, and pin that run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparing A and B…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>B can&apos;t be subtracted from A: their outputs differ in size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Technique of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Pairer</name>
    <message>
        <source>Cancelled. Pin A or B again to see them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a few letters of what you want to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is called so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not possible now.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ParameterPanel</name>
    <message>
        <source>Choose for me…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick these for a budget of multiplications, or for a wanted PSNR.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter {number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}, {rows} × {columns}, sum {total:.4g}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Reset {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed. Click to reset it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source> levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blur</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Differential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dilation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Directions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance between the pixels that the window looks at; 1 is no gap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divisor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emboss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every output is made from so many projections of its window, without clusters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every window of a cluster gets the same output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the outputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgotten: it drifts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gabor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Geometry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hash vectors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How windows are hashed.
As the report: The signs of products with random vectors.
Centred: The same after the mean window is taken away: codes fill evenly.
Quantised: Random projections cut into steps: near windows share a code.
Principal: Projections on what the image&apos;s windows differ in most.
For the outputs: Projections that tell most of these filters&apos; outputs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Identity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>K × K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept for the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept, it is part of the next difference, so that errors stay below the threshold; forgotten, they add up along the row, as in published code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LSH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Laplacian (4 neighbours)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Laplacian (8 neighbours)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left or above, the better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multiply what stands for a cluster with the filter once and look the product up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My own weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number M of filters in the bank; each makes an output of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pad with as many zeros as keep the image&apos;s size (divided by the stride).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piece</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pieces of a window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels that differ by no more than this are taken to be equal; 0 is lossless.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prewitt x</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prewitt y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Principal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Projections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Projections on what the image&apos;s windows differ in most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Projections that tell most of these filters&apos; outputs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random projections cut into steps: near windows share a code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduce the image to one channel, its brightness.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat the report&apos;s flaw: cluster sums that double with every window and overflow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat the report&apos;s flaw: the sign swapped, the base never added back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Residue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reuse products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the LSH technique: windows of one code share one result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the differential technique: differences of windows in place of windows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the low-rank technique: a few projections of each window, no clusters. It is what LSH with a correction has to beat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same seed, same hash vectors, everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same seed, same random weights, everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same seed, same sample of windows and same directions, everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side K of the K × K window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sigma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sobel x</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sobel y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard deviation of the bell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps of the window, down and to the right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stood for by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stride</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Techniques</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The blur&apos;s ones are divided by this; a larger divisor darkens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The difference in each channel&apos;s mean: one multiplication a channel and output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image is brought to this height before the run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image is brought to this width before the run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same after the mean window is taken away: codes fill evenly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signs of products with random vectors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window that others are subtracted from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values of a piece, in the order channel, row, column; the last one may be shorter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is added back of the difference between a window and what stands for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is hashed together: each channel&apos;s windows, windows through all channels, or pieces of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is multiplied with the filters in place of a cluster&apos;s windows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the hash&apos;s projections tell of the outputs: one multiplication a hash and output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the image is convolved with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the directions come from.
As the report: The signs of products with random vectors.
Centred: The same after the mean window is taken away: codes fill evenly.
Quantised: Random projections cut into steps: near windows share a code.
Principal: Projections on what the image&apos;s windows differ in most.
For the outputs: Projections that tell most of these filters&apos; outputs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width of a code, in units of the projections: smaller steps, more clusters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window to the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows are told apart by so many projections; by signs, h of them give up to 2 to the h clusters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker threads of the kernels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zeros added on all four sides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x {0}–{1}, y {2}–{3}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProfilePanel</name>
    <message>
        <source>Point at a picture, or go to a pixel. P draws a line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profile of the outputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Along the column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From top to bottom, in place of from left to right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line from {0}, {1} to {2}, {3}: {4} pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column {0}, crosshair at y {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {0}, crosshair at x {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProjectionBars</name>
    <message>
        <source>Projections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>projection {0}: {1}, cut at {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, steps of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, code {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, what stands for the window {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Published</name>
    <message>
        <source>300 x 360, 3 x 3 blur of 0.11</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>38 x 38, 7 x 7 blur of 0.11</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As published, the difference is taken the wrong way round and the base, filter times first window, is never added back: what comes out is no convolution. Repaired, the technique is exact.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As published, the sum of a cluster takes itself in again with every window, so it doubles each time and overflows to infinity. Repaired, the sum is finite, and accuracy rises with the number of clusters.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Readout</name>
    <message>
        <source>Values under the pointer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>No file was opened yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Forget these</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Recipes</name>
    <message>
        <source>This run is on the clipboard as Python.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run is on the clipboard as a command line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its weights are too long for that and lie in {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No image is open: the first sample stands in.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>Run {number} is no longer in the history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Recoverer</name>
    <message>
        <source>convgui ended unexpectedly. What was there at {when} can be restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restored; it is not saved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is restored; the changes are not saved yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RegionSheet</name>
    <message>
        <source>Drag over a picture with Shift held. R frames what is seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Statistics of the region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x {0}–{1}, y {2}–{3} · {4} × {5} pixels · of the filter shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lowest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Highest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not finite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relative L2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsPanel</name>
    <message>
        <source>Codes in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clusters that have windows, of the codes that there are (no more than windows)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entropy, bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of a window&apos;s code; as high as log2 of the codes where all clusters are alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows in it, of all windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remaining ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>r_c, clusters over windows: what is left to multiply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commonest code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of windows that have a hash&apos;s commonest code: 50 % for a bit that parts them evenly, 100 % for a hash that tells nothing. Mean over the hashes, and the worst</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worst {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piece {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure accuracies in the region that is framed in the pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved against exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time and memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report&apos;s experiment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What each technique gives and costs will stand here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operations and memory of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clusters of LSH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All techniques: {0} operations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No region is framed: the figures are of all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the region x {0}–{1}, y {2}–{3}, all filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1} operations so far, {2} held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>claimed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>repaired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy (report): 100 (1 − MSE) %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 − rel. L2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy: 100 (1 − relative L2) %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relative L2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rel. L2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy (report)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NaN values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Infinite values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>multiplications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>additions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Executed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReusePanel</name>
    <message>
        <source>Chosen cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drift along rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers on reuse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reuse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an image to see how its windows cluster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LSH is switched off. Switch it on under Techniques in the dock of parameters to see its clusters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This result came without clusters. Run it again (F5) to see them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding the clusters…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Reuser</name>
    <message>
        <source>Cancelled. Run again to see it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunMemory</name>
    <message>
        <source>This run takes about {need}, {free} are free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionFiles</name>
    <message>
        <source>Open a session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has changes that are not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on without saving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was changed by another window or program since it was opened here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save over it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions (*{suffix})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionState</name>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>Saved to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShareBars</name>
    <message>
        <source>highest {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Copy table</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keys and mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search keys and what they do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys, and what they do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key does that. The command palette finds what has none.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceList</name>
    <message>
        <source>Images and folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder}: every image in it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop what is running (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>operations so far {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held {size} of about {need}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {need} of {free} free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run takes about {need} at the most; {free} were free before it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kernels for instruction-set level {level}, on {threads} threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} ({1} of {2})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>K_h + K_w products in place of K_h K_w; two passes read and write the image twice, so that only large filters on large images gain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a transform of tiles in float64 takes a few dozen products an output however large the filters; a pair of tiles in which it could miss the direct bound is multiplied in full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cluster sums</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>codes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>convolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>correction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>count pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>direct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every product is made: nothing is faster for small filters, and all are possible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first-pass hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fourier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>look-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>second-pass hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>separable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>skipping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>small differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tiles of 4 x 4 outputs take 36 products in place of 144; errors grow beyond the direct bound, so that it runs only where it is asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transform back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transform filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transform tiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>winograd</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TabAction</name>
    <message>
        <source>Bring this tab to the front ({0})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Techniques</name>
    <message>
        <source>Differential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LSH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low rank</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WeightGrid</name>
    <message>
        <source>Weights of the filter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WeightsEditor</name>
    <message>
        <source>0 1/4 0
1/4 -1 1/4
0 1/4 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type or paste weights: a row on each line, fractions such as 1/9 allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convolve with the weights typed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the weights from an .npy, .csv or .txt file, one filter or a bank.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowPair</name>
    <message>
        <source>Representative and window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1} at row {2}, column {3}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Technique</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Bank</name>
    <message>
        <source>Filter {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
