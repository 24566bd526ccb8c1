using LiveDash.Core.Accounts;
using LiveDash.Core.Notifications;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Channels;

/// <summary>Fills in a channel; a test goes to what is typed, before it is saved.</summary>
public sealed partial class ChannelDialog : ComponentBase, IDisposable
{
    private const string KindField = "kind";
    private const string TlsField = "tls";
    private readonly CancellationTokenSource _closed = new();
    private ChannelTest? _test;
    private bool _isTesting;

    /// <summary>What is being filled in.</summary>
    [Parameter, EditorRequired]
    public required ChannelDraft Draft { get; set; }

    /// <summary>Why it could not be kept; null for nothing.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>The valid channel.</summary>
    [Parameter, EditorRequired]
    public EventCallback<ChannelConfig> OnSave { get; set; }

    /// <summary>Closed without a change.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private NotificationOptions Options { get; set; } = default!;

    [Inject]
    private NotificationDispatcher Dispatcher { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string AddressExample => Draft.Kind switch
    {
        "slack" => "https://hooks.slack.com/services/…",
        "alertmanager" => "http://127.0.0.1:9093/api/v2/alerts",
        _ => "https://example.org/hook",
    };

    private string AddressHint => Draft.HidesUrl
        ? "*** stands for what is kept and not shown. Type a whole address to replace it; for another server, secrets are to be typed again."
        : "a public address; a private one where LiveDash:Notifications:AllowedAddresses lists it, which is this machine unless somebody set it";

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private void Set(string field, string text)
    {
        Draft.Set(field, text);
        _test = null;
    }

    private void SetTls(bool on)
    {
        Draft.SetTls(on);
        _test = null;
    }

    private void SetDefault(bool on)
    {
        Draft.SetDefault(on);
        _test = null;
    }

    private void DropSecret()
    {
        Draft.DropSecret();
        _test = null;
    }

    private async Task SaveAsync()
    {
        Draft.ShowAll();
        if (Draft.IsValid) await OnSave.InvokeAsync(Draft.Config);
    }

    private async Task TestAsync()
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        Draft.ShowAll();
        _test = null;
        if (!Draft.IsValid) return;
        _isTesting = true;
        // Made anew with each key: what was typed since is not what is tested.
        var sent = Draft.Config;
        var begun = Clock.GetTimestamp();
        try
        {
            var result = await Dispatcher.TestAsync(sent, _closed.Token);
            if (ReferenceEquals(sent, Draft.Config)) _test = ChannelTest.Of(result, Clock.GetElapsedTime(begun));
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The dialog was closed; nobody waits for the answer.
        }
        finally
        {
            _isTesting = false;
        }
    }
}
