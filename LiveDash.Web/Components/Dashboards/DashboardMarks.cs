using LiveDash.Core.Configuration.Dashboards;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>
/// What one browser remembers of the dashboards: which it looked at last, when each was seen, which have a star, and which sections are folded, of the automatic one and of those that its user may not change. Kept in the browser (js/dashboard-marks.js),
/// since there is nobody to know by name; one a circuit. To be used on the circuit's own thread.
/// </summary>
public sealed class DashboardMarks(IJSRuntime script, TimeProvider clock)
{
    private const string Module = "./js/dashboard-marks.js";
    private readonly HashSet<string> _stars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _folds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private IJSObjectReference? _module;
    private string? _told;

    /// <summary>True once the browser has told.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>The one looked at last, by its id; null for none.</summary>
    public string? Last { get; private set; }

    /// <summary>True for a dashboard with a star.</summary>
    public bool IsStarred(string id) => _stars.Contains(id);

    /// <summary>When it was seen last; null for never.</summary>
    public DateTimeOffset? SeenAt(string id) => _seen.TryGetValue(id, out var at) ? at : null;

    /// <summary>Asks the browser; the first time only.</summary>
    public async Task LoadAsync()
    {
        if (IsLoaded) return;
        _module = await script.InvokeAsync<IJSObjectReference>("import", Module);
        var kept = await _module.InvokeAsync<Kept?>("load");
        Last = kept?.Last;
        _stars.UnionWith(kept?.Stars ?? []);
        foreach (var (id, folded) in kept?.Folds ?? []) _folds[id] = folded;
        foreach (var (id, at) in kept?.Seen ?? []) _seen[id] = DateTimeOffset.FromUnixTimeMilliseconds(at);
        IsLoaded = true;
    }

    /// <summary>Takes note that it is looked at.</summary>
    public async Task SeenAsync(string id)
    {
        if (_told == id || _module is null) return;
        (_told, Last) = (id, id);
        _seen[id] = clock.GetUtcNow();
        await _module.InvokeVoidAsync("seen", id);
    }

    /// <summary>Gives it a star, or takes it.</summary>
    public async Task StarAsync(string id, bool starred)
    {
        if (starred) _stars.Add(id);
        else _stars.Remove(id);
        if (_module is not null) await _module.InvokeVoidAsync("star", id, starred);
    }

    /// <summary>Folds a section of a dashboard in this browser alone, or unfolds it.</summary>
    public async Task FoldAsync(Dashboard dashboard, string sectionId, bool folded)
    {
        var key = FoldKey(dashboard, sectionId);
        _folds[key] = folded;
        if (_module is not null) await _module.InvokeVoidAsync("fold", key, folded);
    }

    /// <summary>A dashboard with its sections as this browser has folded them.</summary>
    public Dashboard Folded(Dashboard dashboard) => dashboard with
    {
        Panels = [.. dashboard.Panels.Select(panel => panel.Kind == PanelKind.Section && _folds.TryGetValue(FoldKey(dashboard, panel.Id), out var folded) && folded != panel.IsCollapsed ? panel with { IsCollapsed = folded } : panel)],
    };

    // Ids of the automatic one's sections are its own; others are told apart by their dashboard only.
    private static string FoldKey(Dashboard dashboard, string sectionId) => dashboard.IsAutomatic ? sectionId : dashboard.Id + "/" + sectionId;

    private sealed record Kept(string? Last, string[]? Stars, Dictionary<string, long>? Seen, Dictionary<string, bool>? Folds);
}
