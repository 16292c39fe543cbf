"""What a web server loads (gunicorn 'wsgi:app'), and where the command line finds its commands (flask --app wsgi)."""

import gc

gc.disable()  # nothing that is loaded becomes garbage, and looking for some is a fifth of the time that loading takes

from portal.starting import start  # noqa: E402 - see above

app = start()
gc.enable()
