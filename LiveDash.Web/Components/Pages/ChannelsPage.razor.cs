using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Notifications;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>How people hear of alerts: the channels, a test of each, and what is on its way to them or was given up.</summary>
public sealed partial class ChannelsPage : ComponentBase, IAsyncDisposable
{
    private const string Tried = "tried again";
    private const string Forgotten = "forgotten; the alerts' histories still say so";
    private readonly Dictionary<string, ChannelTest> _tests = new(StringComparer.Ordinal);
    private readonly HashSet<string> _testing = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closed = new();
    private ChannelsView _view = ChannelsView.Empty;
    private AlertWatch? _watch;
    private ChannelDraft? _draft;
    private ChannelConfig? _deleted;
    private string? _said;
    private string? _error;
    private string? _asked;

    /// <summary>A channel to begin with: the name that a rule gave it.</summary>
    [SupplyParameterFromQuery(Name = "add")]
    public string? Wanted { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private ChannelBook Channels { get; set; } = default!;

    [Inject]
    private NotificationDispatcher Dispatcher { get; set; } = default!;

    [Inject]
    private Outbox Outbox { get; set; } = default!;

    [Inject]
    private TellingJournal Journal { get; set; } = default!;

    [Inject]
    private NotificationOptions Options { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private AlertBook Alerts { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string Foot
    {
        get
        {
            var waiting = _view.Unformed == 0 ? "" : _view.Unformed == 1 ? "1 notice waits a moment for others to go with it. " : $"{_view.Unformed:N0} notices wait a moment for others to go with them. ";
            return $"{waiting}A delivery that fails is tried again for {EpisodeWords.Length(Options.GiveUpAfter.Ticks)}, at growing distances; an alert that goes on is told again after {EpisodeWords.Length(Options.RepeatAfter.Ticks)}.";
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (_watch is not null) await _watch.DisposeAsync();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        Look();
        if (Wanted is not { Length: > 0 } name || name == _asked) return;
        _asked = name;
        if (Channels.Find(name) is null) Add(name);
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        // Deliveries raise no event of their own: the beat follows them.
        if (firstRender) _watch = new AlertWatch(Alerts, Clock, () => InvokeAsync(Follow));
    }

    private void Follow()
    {
        if (Look()) StateHasChanged();
    }

    private bool Look()
    {
        var view = ChannelsView.Of(Channels.Channels, Rules.Rules, Dispatcher.Deliveries, Outbox.Waiting, Journal.LastOf);
        if (view == _view) return false;
        _view = view;
        return true;
    }

    private void Add(string name = "", string kind = "webhook")
    {
        _error = null;
        _draft = new ChannelDraft(Options, Channels.Channels);
        if (name.Length > 0) _draft.Set("name", name);
        _draft.Set("kind", kind);
    }

    private void Edit(string name)
    {
        if (Channels.Find(name) is not { } channel) return;
        _error = null;
        _draft = new ChannelDraft(Options, [.. Channels.Channels.Where(other => other.Name != name)], channel);
    }

    private async Task SaveAsync(ChannelConfig channel)
    {
        var isNew = Channels.Find(channel.Name) is null;
        _error = await PutAsync(old => [.. old.Where(other => other.Name != channel.Name), channel]);
        if (_error is not null) return;
        _tests.Remove(channel.Name);
        (_draft, _deleted) = (null, null);
        _said = isNew ? $"{channel.Name} is there; rules may tell it." : $"{channel.Name} is saved.";
    }

    private async Task DeleteAsync(string name)
    {
        var channel = Channels.Find(name);
        var rules = _view.Channels.FirstOrDefault(item => item.Name == name)?.Rules ?? 0;
        if (await PutAsync(old => [.. old.Where(other => other.Name != name)]) is { } error)
        {
            (_said, _deleted) = (error, null);
            return;
        }

        _tests.Remove(name);
        _deleted = channel;
        _said = rules == 0 ? $"{name} is deleted." : $"{name} is deleted; {(rules == 1 ? "a rule tells" : $"{rules:N0} rules tell")} it in vain now.";
    }

    private async Task UndoAsync()
    {
        var channel = _deleted!;
        var error = await PutAsync(old => [.. old.Where(other => other.Name != channel.Name), channel]);
        (_said, _deleted) = (error ?? $"{channel.Name} is back.", error is null ? null : channel);
    }

    private async Task<string?> PutAsync(Func<IReadOnlyList<ChannelConfig>, IReadOnlyList<ChannelConfig>> change)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return "Nothing was changed.";
        try
        {
            var faults = await Channels.ChangeAsync(change, CancellationToken.None);
            Look();
            return FaultLines.Of(faults.Select(static fault => fault.Detail));
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            return "Not saved. " + exception.Message;
        }
    }

    private async Task TestAsync(string name)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        if (Channels.Find(name) is not { } channel || !_testing.Add(name)) return;
        _tests.Remove(name);
        var begun = Clock.GetTimestamp();
        try
        {
            _tests[name] = ChannelTest.Of(await Dispatcher.TestAsync(channel, _closed.Token), Clock.GetElapsedTime(begun));
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was closed; nobody waits for the answer.
        }
        finally
        {
            _testing.Remove(name);
        }
    }

    private Task RetryAsync(string key) => ChangeAsync(async cancellation => await Dispatcher.RetryAsync(key, cancellation) ? 1 : 0, Tried);

    private Task RetryAllAsync() => ChangeAsync(Dispatcher.RetryAllAsync, Tried);

    private Task ForgetAsync(string key) => ChangeAsync(async cancellation => await Dispatcher.ForgetAsync(key, cancellation) ? 1 : 0, Forgotten);

    private Task ForgetAllAsync() => ChangeAsync(Dispatcher.ForgetAllAsync, Forgotten);

    private async Task ChangeAsync(Func<CancellationToken, Task<int>> change, string done)
    {
        if (Visitor.Refuses(AccountRole.Operator)) return;
        _deleted = null;
        try
        {
            var count = await change(CancellationToken.None);
            _said = count == 1 ? $"One delivery is {done}." : $"{count:N0} deliveries are {done}.";
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            // All in one transaction, or none.
            _said = "Nothing was changed. " + exception.Message;
        }

        Look();
    }
}
