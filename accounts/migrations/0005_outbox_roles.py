"""Administrators read the outbox; and the trail forgets the names that older entries kept of people."""

from django.db import migrations

from accounts.roles import Role, grant

GRANTS = {"outboxmail": {Role.ADMINISTRATOR: "view"}}


def name_nobody(apps, schema_editor):
    apps.get_model("accounts", "AuditEntry").objects.filter(record__startswith="accounts.user:").update(label="")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_outbox_claims")]

    operations = [
        migrations.RunPython(grant("accounts", GRANTS), migrations.RunPython.noop),
        migrations.RunPython(name_nobody, migrations.RunPython.noop),
    ]
