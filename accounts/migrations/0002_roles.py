"""The roles as groups. What each may do is granted by every app in a migration of its own."""

from django.db import migrations

from accounts.roles import Role, grant

GRANTS = {
    "user": {Role.ADMINISTRATOR: "view add change delete"},
    "auditentry": {Role.ADMINISTRATOR: "view", Role.OFFICE_LEAD: "view"},
}


def make_roles(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for role in Role:
        group.objects.get_or_create(name=role.value)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(grant("accounts", GRANTS), migrations.RunPython.noop),
    ]
