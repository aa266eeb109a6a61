"""People, roles and the audit trail."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.audit import record
from accounts.models import AuditEntry, MailState, OutboxMail, User


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form: type[forms.ModelForm] = UserCreationForm
    ordering = ["email"]
    list_display = ["email", "name", "pseudonym", "role_names", "is_staff", "is_active", "last_login"]
    list_filter = ["groups", "is_staff", "is_active", "language"]
    search_fields = ["email", "name", "pseudonym"]
    filter_horizontal = ["groups"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["name", "pseudonym", "language"]}),
        (_("Roles"), {"fields": ["groups", "is_staff", "is_superuser", "is_active"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "usable_password", "password1", "password2"]})]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only a superuser makes superusers."""
        fields = list(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else [*fields, "is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and not (obj is not None and obj.is_superuser and not request.user.is_superuser)

    has_delete_permission = has_change_permission


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    list_display = ["at", "actor", "action", "label", "record"]
    list_filter = ["action", "at"]
    search_fields = ["record", "label", "actor__email"]
    list_select_related = ["actor"]
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return MailState.choices

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[OutboxMail]) -> models.QuerySet[OutboxMail]:
        now = timezone.now()
        rows = OutboxMail.objects.all()
        chosen = {
            MailState.SENT: rows.exclude(sent_at=None),
            MailState.GIVEN_UP: rows.given_up(),
            MailState.UNCLEAR: rows.unclear(now),
            MailState.WAITING: rows.unsent().filter(given_up_at=None).exclude(pk__in=rows.unclear(now).values("pk")),
        }
        value = self.value() or ""
        return queryset.filter(pk__in=chosen[MailState(value)].values("pk")) if value in MailState else queryset


@admin.register(OutboxMail)
class OutboxMailAdmin(admin.ModelAdmin):
    """Read, and decide about mails that were given up or may have gone out; nobody writes mails here."""

    list_display = ["created_at", "to", "subject", "state_name", "attempts", "not_before", "last_error"]
    list_filter = [StateFilter, "language"]
    search_fields = ["to", "subject", "key"]
    date_hierarchy = "created_at"
    actions = ["send_again", "mark_as_sent"]

    @admin.display(description=_("state"))
    def state_name(self, mail: OutboxMail) -> str:
        return str(mail.state.label)

    @admin.action(description=_("Send the selected mails again"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: models.QuerySet[OutboxMail]) -> None:
        """With the same Message-ID, so that whoever got it already can tell."""
        again = {
            "handed_at": None,
            "claimed_at": None,
            "given_up_at": None,
            "attempts": 0,
            "not_before": timezone.now(),
        }
        self._decide(request, queryset, "outbox.again", again)

    @admin.action(description=_("Note the selected mails as sent"), permissions=["view"])
    def mark_as_sent(self, request: HttpRequest, queryset: models.QuerySet[OutboxMail]) -> None:
        self._decide(request, queryset, "outbox.noted_as_sent", {"sent_at": timezone.now(), "given_up_at": None})

    def _decide(self, request: HttpRequest, queryset: models.QuerySet[Any], action: str, fields: Any) -> None:
        """Only unclear mails and those given up: the others are in good hands."""
        now = timezone.now()
        stuck = OutboxMail.objects.unclear(now) | OutboxMail.objects.given_up()
        chosen = list(queryset.filter(pk__in=stuck.values("pk")))
        for mail in chosen:
            record(action, mail, actor=request.user, after={"attempts": mail.attempts})
        OutboxMail.objects.filter(pk__in=[mail.pk for mail in chosen]).update(**fields)
        told = ngettext("%(number)d mail changed.", "%(number)d mails changed.", len(chosen))
        messages.info(request, told % {"number": len(chosen)})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
