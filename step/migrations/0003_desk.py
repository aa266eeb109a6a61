import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leitbild', '0002_roles'),
        ('step', '0004_swot_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                ('planned_days', models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='planned days')),
                ('spent_days', models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='spent days')),
            ],
            options={
                'verbose_name': 'staff time',
                'verbose_name_plural': 'staff time',
                'ordering': ['year'],
            },
        ),
        migrations.AlterModelOptions(
            name='milestone',
            options={'ordering': ['position', models.OrderBy(models.F('due_on'), nulls_last=True), 'pk'], 'verbose_name': 'milestone', 'verbose_name_plural': 'milestones'},
        ),
        migrations.AddField(
            model_name='budgetline',
            name='apply_by',
            field=models.DateField(blank=True, help_text='Until when the funder takes applications.', null=True, verbose_name='application deadline'),
        ),
        migrations.AddField(
            model_name='measure',
            name='actual_start',
            field=models.DateField(blank=True, null=True, verbose_name='begun on'),
        ),
        migrations.AddField(
            model_name='measure',
            name='approval',
            field=models.CharField(blank=True, choices=[('', 'Not proposed'), ('proposed', 'Proposed for publication'), ('sent_back', 'Sent back')], default='', editable=False, max_length=10, verbose_name='approval'),
        ),
        migrations.AddField(
            model_name='measure',
            name='approval_note',
            field=models.TextField(blank=True, editable=False, verbose_name='why it was sent back'),
        ),
        migrations.AddField(
            model_name='measure',
            name='baseline_cost',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='In euros, as adopted. Compared with the sum of the budget lines.', max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='adopted total cost'),
        ),
        migrations.AddField(
            model_name='measure',
            name='confirmed_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='confirmed as still true on'),
        ),
        migrations.AddField(
            model_name='measure',
            name='deputy_person',
            field=models.ForeignKey(blank=True, limit_choices_to={'is_active': True, 'is_staff': True}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputised_measures', to=settings.AUTH_USER_MODEL, verbose_name='deputy'),
        ),
        migrations.AddField(
            model_name='measure',
            name='deputy_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputised_measures', to='leitbild.organisationunit', verbose_name='deputy unit'),
        ),
        migrations.AddField(
            model_name='measure',
            name='is_citywide',
            field=models.BooleanField(default=False, help_text='Ticked: no place is missing.', verbose_name='concerns the whole city'),
        ),
        migrations.AddField(
            model_name='measure',
            name='must_act',
            field=models.CharField(blank=True, help_text='Required where the measure is delayed or blocked.', max_length=200, verbose_name='who must act'),
        ),
        migrations.AddField(
            model_name='measure',
            name='must_act_de',
            field=models.CharField(blank=True, help_text='Required where the measure is delayed or blocked.', max_length=200, null=True, verbose_name='who must act'),
        ),
        migrations.AddField(
            model_name='measure',
            name='must_act_en',
            field=models.CharField(blank=True, help_text='Required where the measure is delayed or blocked.', max_length=200, null=True, verbose_name='who must act'),
        ),
        migrations.AddField(
            model_name='measure',
            name='must_act_fr',
            field=models.CharField(blank=True, help_text='Required where the measure is delayed or blocked.', max_length=200, null=True, verbose_name='who must act'),
        ),
        migrations.AddField(
            model_name='measure',
            name='must_act_lb',
            field=models.CharField(blank=True, help_text='Required where the measure is delayed or blocked.', max_length=200, null=True, verbose_name='who must act'),
        ),
        migrations.AddField(
            model_name='measure',
            name='must_act_pt',
            field=models.CharField(blank=True, help_text='Required where the measure is delayed or blocked.', max_length=200, null=True, verbose_name='who must act'),
        ),
        migrations.AddField(
            model_name='measure',
            name='proposed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
        ),
        migrations.AddField(
            model_name='measure',
            name='responsible_person',
            field=models.ForeignKey(blank=True, help_text='Whom reminders reach. Never shown to the public.', limit_choices_to={'is_active': True, 'is_staff': True}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to=settings.AUTH_USER_MODEL, verbose_name='responsible person'),
        ),
        migrations.AddField(
            model_name='measure',
            name='unblocked_by',
            field=models.TextField(blank=True, help_text='Required where the measure is delayed or blocked: what must happen so that it goes on?', verbose_name='what would free it'),
        ),
        migrations.AddField(
            model_name='measure',
            name='unblocked_by_de',
            field=models.TextField(blank=True, help_text='Required where the measure is delayed or blocked: what must happen so that it goes on?', null=True, verbose_name='what would free it'),
        ),
        migrations.AddField(
            model_name='measure',
            name='unblocked_by_en',
            field=models.TextField(blank=True, help_text='Required where the measure is delayed or blocked: what must happen so that it goes on?', null=True, verbose_name='what would free it'),
        ),
        migrations.AddField(
            model_name='measure',
            name='unblocked_by_fr',
            field=models.TextField(blank=True, help_text='Required where the measure is delayed or blocked: what must happen so that it goes on?', null=True, verbose_name='what would free it'),
        ),
        migrations.AddField(
            model_name='measure',
            name='unblocked_by_lb',
            field=models.TextField(blank=True, help_text='Required where the measure is delayed or blocked: what must happen so that it goes on?', null=True, verbose_name='what would free it'),
        ),
        migrations.AddField(
            model_name='measure',
            name='unblocked_by_pt',
            field=models.TextField(blank=True, help_text='Required where the measure is delayed or blocked: what must happen so that it goes on?', null=True, verbose_name='what would free it'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, help_text='The smallest comes first.', verbose_name='position'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='evidence',
            field=models.CharField(blank=True, help_text='What proves it: a protocol, a photo, a delivery note.', max_length=300, verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='evidence_de',
            field=models.CharField(blank=True, help_text='What proves it: a protocol, a photo, a delivery note.', max_length=300, null=True, verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='evidence_en',
            field=models.CharField(blank=True, help_text='What proves it: a protocol, a photo, a delivery note.', max_length=300, null=True, verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='evidence_fr',
            field=models.CharField(blank=True, help_text='What proves it: a protocol, a photo, a delivery note.', max_length=300, null=True, verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='evidence_lb',
            field=models.CharField(blank=True, help_text='What proves it: a protocol, a photo, a delivery note.', max_length=300, null=True, verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='evidence_pt',
            field=models.CharField(blank=True, help_text='What proves it: a protocol, a photo, a delivery note.', max_length=300, null=True, verbose_name='evidence'),
        ),
        migrations.AlterField(
            model_name='progressreport',
            name='evidence_url',
            field=models.URLField(blank=True, max_length=300, verbose_name='link to the evidence'),
        ),
        migrations.AddField(
            model_name='stafftime',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_times', to='step.measure', verbose_name='measure'),
        ),
        migrations.AddConstraint(
            model_name='stafftime',
            constraint=models.UniqueConstraint(fields=('measure', 'year'), name='step_staff_time_once'),
        ),
    ]
