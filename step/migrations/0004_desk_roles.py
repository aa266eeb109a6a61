"""Rights on staff time, and a way out for measures that are stuck already: said to be unknown, never invented."""

from django.db import migrations
from django.db.models import Q

from accounts.roles import grant
from step.roles import GRANTS

UNKNOWN = "Noch nicht bekannt."


def fill(apps, schema_editor):
    measures = apps.get_model("step", "Measure").objects.filter(status__in=["delayed", "blocked"])
    for column in ("unblocked_by_de", "must_act_de"):
        measures.filter(Q(**{f"{column}__isnull": True}) | Q(**{column: ""})).update(**{column: UNKNOWN})


class Migration(migrations.Migration):
    dependencies = [("step", "0003_desk"), ("accounts", "0002_roles")]

    operations = [
        migrations.RunPython(grant("step", {"stafftime": GRANTS["stafftime"]}), migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
