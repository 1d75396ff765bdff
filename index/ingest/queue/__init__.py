"""Reading by any number of workers: what is put in line, and what a worker does with it."""
