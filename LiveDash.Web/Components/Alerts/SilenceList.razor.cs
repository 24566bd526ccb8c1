using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>The silences that have not ended, each with the means to end it; follows the alert book.</summary>
public sealed partial class SilenceList : ComponentBase, IAsyncDisposable
{
    private IReadOnlyList<Silence> _silences = [];
    private AlertWatch? _watch;
    private long _now;

    [Inject]
    private AlertDesk Desk { get; set; } = default!;

    [Inject]
    private AlertBook Book { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_watch is not null) await _watch.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Look();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watch = new AlertWatch(Book, Clock, () => InvokeAsync(Follow));
    }

    private void Follow()
    {
        if (Look()) StateHasChanged();
    }

    private bool Look()
    {
        _now = Clock.GetUtcNow().UtcTicks;
        List<Silence> silences = [.. Book.Silences().Where(s => s.EndsAt > _now)];
        if (silences.SequenceEqual(_silences)) return false;
        _silences = silences;
        return true;
    }

    private string RuleName(Silence silence) => silence.Rule is not { } rule ? "Every rule" : Rules.Rules.Find(rule)?.Config.Name ?? rule;
}
