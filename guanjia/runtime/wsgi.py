"""What granian loads: the application, in a process that ends with its web server."""

from guanjia.runtime.supervisor import end_with_parent

end_with_parent()

from guanjia.config.loading import loading  # noqa: E402  (the signal is set before anything is loaded)

with loading():
    from guanjia.config.wsgi import application

__all__ = ["application"]
