using LiveDash.Core.Accounts;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Web.Security.Access;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Pages;

/// <summary>Takes a file of points: shows its beginning, lets one say what means what, sends it over HTTP and reports row by row.</summary>
public sealed partial class ImportPage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private const int MostLooks = 200;
    private ElementReference _element;
    private ScriptPart? _script;
    private DotNetObjectReference<ImportPage>? _self;
    private ImportDraft? _draft;
    private ImportOutcome? _outcome;
    private bool _running;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private SourceRegistry Sources { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <summary>A file was dropped or chosen.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="size">Its length in bytes.</param>
    /// <param name="modified">When it was changed, in milliseconds since 1970.</param>
    /// <param name="head">Its first 16 KiB.</param>
    [JSInvokable]
    public void Chosen(string name, long size, double modified, byte[] head)
    {
        if (_running) return;
        _outcome = null;
        _draft = new ImportDraft(name, size, modified, FilePreview.Read(head, name));
        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        if (_script is not null) await _script.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _script = new ScriptPart(Script, "./js/import.js");
        await _script.AttachAsync(_element, _self);
        // Only now: a file chosen before would be lost with the element that the server drew ahead.
        StateHasChanged();
    }

    private async Task ImportAsync()
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        if (_draft is not { } draft || _script?.Object is not { } script) return;
        _running = true;
        _outcome = null;
        var before = Account(draft.Name).Accepted;
        try
        {
            // As long as the file needs: the script's calls are otherwise given up after a minute.
            var answer = await script.InvokeAsync<Answer>("upload", Timeout.InfiniteTimeSpan, draft.Address());
            _outcome = answer.Status == 0
                ? ImportOutcome.Stopped(await SettledAsync(draft.Name) - before, draft.Format != ImportFormat.Points)
                : ImportOutcome.Read(answer.Status, answer.Text, draft.Format != ImportFormat.Points && draft.SeriesColumn.Length == 0 ? "explore?series=" + Uri.EscapeDataString(draft.Series.Trim()) : "explore");
        }
        finally
        {
            _running = false;
        }
    }

    private Task CancelAsync() => _script?.TellAsync("cancel") ?? Task.CompletedTask;

    private SourceSnapshot Account(string name) => Sources.Get("import", name).Snapshot(Clock.GetUtcNow().UtcTicks);

    // What had arrived is still on its way to the disk when the sender has gone: looked at until it counts no further.
    private async Task<long> SettledAsync(string name)
    {
        using var timer = new PeriodicTimer(s_look, Clock);
        var (last, still) = (-1L, 0);
        for (var look = 0; look < MostLooks && still < 6 && await timer.WaitForNextTickAsync(); look++)
        {
            var account = Account(name);
            still = account.Accepted == last && account.Waiting == 0 ? still + 1 : 0;
            last = account.Accepted;
        }

        return Math.Max(0, last);
    }

    private sealed record Answer(int Status, string Text);
}
