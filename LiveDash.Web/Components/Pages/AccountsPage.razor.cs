using LiveDash.Core.Accounts;
using LiveDash.Core.Notifications;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Controls;
using LiveDash.Web.Security.Access;
using LiveDash.Web.Security.Identity;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where an administrator invites people, gives them roles and groups, resets passwords and ends sessions. Every handler asks for the role itself.</summary>
public sealed partial class AccountsPage : ComponentBase, IDisposable
{
    private IReadOnlyList<AccountUser> _users = [];
    private IReadOnlyList<AccountTicket> _tickets = [];
    private Dictionary<string, int> _signedIn = [];
    private AccountRole _role = AccountRole.Viewer;
    private string _note = "";
    private string _groups = "";
    private string? _said;
    private string? _link;
    private string _linkFor = "";
    private DateTimeOffset _linkUntil;
    private string? _removing;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private AccountDesk Desk { get; set; } = default!;

    [Inject]
    private AccountBook Accounts { get; set; } = default!;

    [Inject]
    private FactorBook Factors { get; set; } = default!;

    [Inject]
    private PasskeyBook Passkeys { get; set; } = default!;

    [Inject]
    private SessionBook Sessions { get; set; } = default!;

    [Inject]
    private TicketBook Tickets { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Accounts.Changed -= OnChanged;
        Factors.PolicyChanged -= OnTickets;
        Tickets.Changed -= OnTickets;
        Zone.Changed -= OnTickets;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Accounts.Changed += OnChanged;
        Factors.PolicyChanged += OnTickets;
        Tickets.Changed += OnTickets;
        Zone.Changed += OnTickets;
        Look();
    }

    private static string Words(AccountTicket ticket) => ticket.Purpose == TicketPurpose.Reset ? $"another password for {ticket.Note}" : string.IsNullOrWhiteSpace(ticket.Note) ? "an invitation" : $"an invitation for {ticket.Note}";

    private void Look()
    {
        if (!Visitor.May(AccountRole.Administrator)) return;
        var now = Time.GetUtcNow();
        _users = Accounts.All;
        _tickets = [.. Tickets.Open(now).Where(static ticket => ticket.Purpose != TicketPurpose.FirstRun)];
        _signedIn = _users.ToDictionary(static user => user.Id, user => Sessions.Of(user.Id, now).Count);
    }

    private void OnChanged(string id) => OnTickets();

    private void OnTickets() => _ = InvokeAsync(() =>
    {
        Look();
        StateHasChanged();
    });

    private Task InviteAsync() => TryAsync(async () =>
    {
        var (path, until) = await Desk.InviteAsync(_note.Trim(), _role, AccountDesk.Groups(_groups), Visitor.Name ?? "");
        Show(path, until, _note.Trim().Length > 0 ? $"The link for {_note.Trim()}." : "The link of the invitation.");
        (_note, _groups) = ("", "");
    });

    private Task ResetAsync(AccountUser user) => TryAsync(async () =>
    {
        var (path, until) = await Desk.ResetAsync(user, Visitor.Name ?? "");
        Show(path, until, $"With this link {user.Name} sets another password.");
    });

    private Task SetRoleAsync(AccountUser user, ChangeEventArgs change) => TryAsync(async () =>
    {
        // What a browser sends is one of the roles, or nothing is done.
        if (!Enum.TryParse<AccountRole>(change.Value?.ToString(), out var role) || !Enum.IsDefined(role)) return;
        await Accounts.UpdateAsync(user.Id, known => known with { Role = role }, CancellationToken.None);
        _said = $"{user.Name} is {RoleWords.Of(role)} now.";
    });

    private Task SetGroupsAsync(AccountUser user, ChangeEventArgs change) => TryAsync(async () =>
    {
        var groups = AccountDesk.Groups(change.Value?.ToString() ?? "");
        await Accounts.UpdateAsync(user.Id, known => known with { Groups = groups }, CancellationToken.None);
        _said = $"{user.Name} belongs to {(groups.Count == 0 ? "no group" : string.Join(", ", groups))}.";
    });

    private Task SetMailAsync(AccountUser user, ChangeEventArgs change) => TryAsync(async () =>
    {
        var mail = (change.Value?.ToString() ?? "").Trim();
        if (mail.Length > 0 && !PersonalMail.IsAddress(mail))
        {
            _said = $"“{mail[..Math.Min(mail.Length, 60)]}” is no address of mail.";
            return;
        }

        await Desk.SetMailAsync(user, mail.Length > 0 ? mail : null);
        _said = mail.Length > 0 ? $"Mail for {user.Name} goes to {mail}." : $"{user.Name} has no address of mail.";
    });

    private Task TakeOffFactorAsync(AccountUser user) => TryAsync(async () =>
    {
        await Desk.TakeOffFactorAsync(user);
        _said = $"{user.Name} signs in without a second factor or a passkey{(Factors.IsMissing(user) ? ", and sets up another one then" : "")}; what was open has ended.";
    });

    private Task RequireFactorAsync(ChangeEventArgs change) => TryAsync(async () =>
    {
        // What is no role is not taken for nobody: that would lift what is asked for.
        AccountRole? from = change.Value is "" ? null : Enum.TryParse<AccountRole>(change.Text(), out var role) && Enum.IsDefined(role) ? role : throw new AccountRuleException("There is no such role.");
        await Desk.RequireFactorAsync(from, Visitor.UserId);
        _said = from is null ? "Nobody needs a second factor." : $"A second factor is needed from the role {RoleWords.Of(from)} on. Who has none sets it up when signing in.";
    });

    private Task SetDisabledAsync(AccountUser user, bool disabled) => TryAsync(async () =>
    {
        await Accounts.UpdateAsync(user.Id, known => known with { IsDisabled = disabled, FailedCount = 0, LockedUntil = null }, CancellationToken.None);
        if (disabled) await Sessions.EndAsync(session => session.UserId == user.Id, CancellationToken.None);
        _said = disabled ? $"{user.Name} is disabled, and what was open has ended." : $"{user.Name} may sign in again.";
    });

    private Task SignOutAsync(AccountUser user) => TryAsync(async () =>
    {
        await Sessions.EndAsync(session => session.UserId == user.Id, CancellationToken.None);
        _said = $"{user.Name} is signed out everywhere.";
    });

    private Task RemoveAsync(AccountUser user)
    {
        // Asked for twice, on the same button.
        if (_removing != user.Id)
        {
            _removing = user.Id;
            return Task.CompletedTask;
        }

        return TryAsync(async () =>
        {
            _removing = null;
            await Desk.RemoveAsync(user);
            _said = $"{user.Name} is removed.";
        });
    }

    private Task RevokeAsync(AccountTicket ticket) => TryAsync(async () =>
    {
        await Tickets.RemoveAsync(ticket.Id, CancellationToken.None);
        _said = "The link opens nothing any more.";
    });

    private void Show(string path, DateTimeOffset until, string what) => (_link, _linkUntil, _linkFor) = (Navigation.BaseUri + path, until, what);

    private async Task TryAsync(Func<Task> change)
    {
        if (Visitor.Refuses(AccountRole.Administrator)) return;
        (_said, _link) = (null, null);
        try
        {
            await change();
        }
        catch (Exception exception) when (exception is AccountRuleException or StoreFullException or StoreUnavailableException)
        {
            _said = exception.Message;
        }

        Look();
    }
}
