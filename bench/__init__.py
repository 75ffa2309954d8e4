"""Speed of the main job, measured: `guanjia bench`. The gate that noise cannot move is the count of statements."""
