"""Who may read comments at the desk."""

from django.db import migrations

from accounts.roles import grant
from participation.roles import GRANTS


class Migration(migrations.Migration):
    dependencies = [("participation", "0003_talking"), ("accounts", "0002_roles")]

    operations = [
        migrations.RunPython(grant("participation", {"comment": GRANTS["comment"]}), migrations.RunPython.noop)
    ]
