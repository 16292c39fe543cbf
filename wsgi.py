"""What a web server loads (gunicorn 'wsgi:app'), and where the command line finds its commands (flask --app wsgi)."""

from portal.starting import start

app = start()
