using System.Threading.Channels;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Notifications;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// Sends an address by which another password is set, by mail, to who asks for it and has an account with an address of mail. Who asks is answered before anything is looked up,
/// so neither answer nor time tells whether there is such an account. At most one a mail an account in <see cref="Pause"/>; the address of before is no use any more. Thread-safe.
/// </summary>
internal sealed partial class ForgottenPasswords(
    AccountBook accounts, TicketBook tickets, PersonalMail mail, PublicAddress address, AuditLog audit, LoopSupervisor loops, TimeProvider time, ILogger<ForgottenPasswords> logger) : BackgroundService
{
    /// <summary>For how long the address is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>How long an account waits for another mail.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>How many may wait to be looked at; more are dropped, and the log says so.</summary>
    public const int MaxWaiting = 100;

    private readonly Channel<(string Name, string Address)> _asked = Channel.CreateBounded<(string, string)>(MaxWaiting);

    /// <summary>True where there is a mail server to send by.</summary>
    public bool IsOffered => mail.IsSet;

    /// <summary>Takes the wish of somebody who says to be of that name or address of mail. Returns at once.</summary>
    public void Ask(string name, string from)
    {
        if (!_asked.Writer.TryWrite((name.Trim(), from))) LogDropped(logger, MaxWaiting);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync("forgotten passwords", RunAsync, stoppingToken);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stop)
    {
        await foreach (var (name, from) in _asked.Reader.ReadAllAsync(stop))
        {
            loop.Turn();
            try
            {
                await AnswerAsync(name, from, stop);
            }
            catch (Exception exception) when (exception is AccountRuleException or StoreFullException or StoreUnavailableException)
            {
                LogFailed(logger, exception.Message);
            }
        }
    }

    private async Task AnswerAsync(string name, string from, CancellationToken stop)
    {
        // By name it is one account. An address of mail that more than one has, from before that was refused, says nothing of whose password is meant.
        var user = accounts.FindByName(name.ToUpperInvariant()) ?? (accounts.All.Where(one => string.Equals(one.Email, name, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var only] ? only : null);
        if (user is not { IsDisabled: false, Email: { } to, PasswordHash: not null }) return;
        var now = time.GetUtcNow();
        if (tickets.Mailed(user.Id, now).Any(ticket => now - ticket.MadeAt < Pause)) return;
        await tickets.RemoveMailedAsync(user.Id, now, stop);
        var token = await tickets.MakeAsync(id => new AccountTicket { Id = id, Purpose = TicketPurpose.Reset, ExpiresAt = now + Life, UserId = user.Id, Note = user.Name }, now, stop);
        await audit.AddAsync(new Actor(user.Name, "person", from), "password.forgotten", user.Name, null, null, stop);
        var result = await mail.SendAsync(
            to, "Another password for LiveDash",
            $"""
            Somebody, you we hope, has forgotten the password of the account {user.Name}. Set another one here, within {Life.TotalMinutes:0} minutes and once:

            {address.Base()}/join/{token}

            If it was not you, nothing has changed, and nothing is to be done. It was asked for from {from}.
            """,
            stop);
        if (result.Outcome != NotifyOutcome.Delivered) LogFailed(logger, result.Detail ?? "");
    }

    [LoggerMessage(7020, LogLevel.Warning, "More than {Waiting} ask for another password at once; some were passed over")]
    private static partial void LogDropped(ILogger logger, int waiting);

    [LoggerMessage(7021, LogLevel.Warning, "A mail with another password's address was not sent: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
