"""Who works where: employees and their posts, duty and cover, districts of stewards, the reporting tree, projects.

Company acts (hiring, posts, departure, new projects) are done at the head office; a project plans its own duty, cover,
districts and tree. A right that ends, ends at the next request.
Words: employee, posting, post, duty, shift, cover, district, department, superior, project.
"""
