"""A desktop laboratory for convolution: exact, differential and LSH side by side."""
