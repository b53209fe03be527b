import os

bind = "0.0.0.0:" + os.getenv("API_PORT", "8000")
workers = int(os.getenv("GUNICORN_WORKERS", "3"))  # three in production
worker_class = "uvicorn.workers.UvicornWorker"
timeout = 120
