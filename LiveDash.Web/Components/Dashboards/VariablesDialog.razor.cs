using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Edits the variables of a dashboard; nothing is kept before Save, and by the page alone.</summary>
public sealed partial class VariablesDialog : ComponentBase
{
    private const int MaxTags = 200;

    private VariableDraft _draft = default!;
    private bool _tried;

    /// <summary>The dashboard.</summary>
    [Parameter, EditorRequired]
    public required Dashboard Dashboard { get; set; }

    /// <summary>The valid variables, to be kept.</summary>
    [Parameter, EditorRequired]
    public EventCallback<IReadOnlyList<DashboardVariable>> OnSave { get; set; }

    /// <summary>Closed without a change.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    private IReadOnlyList<string> Tags { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _draft = new VariableDraft(Dashboard.Variables);
        Tags = [.. Enumerable.Range(0, Catalog.Count).SelectMany(i => Catalog[i].Tags).GroupBy(static tag => tag.Key).OrderByDescending(static tag => tag.Count()).ThenBy(static tag => tag.Key, StringComparer.Ordinal).Take(MaxTags).Select(static tag => tag.Key)];
        if (_draft.Rows.Count == 0) Add();
    }

    private void Add() => _draft.Add(Tags.FirstOrDefault(tag => _draft.Rows.All(row => row.Tag != tag)) ?? "");

    private void Set(int at, DashboardVariable row) => _draft.Rows[at] = row;

    // What is typed wrong is told at once, what is missing once somebody tried to save.
    private string? Error(int at, string field) => _tried || field is "series" or "default" ? _draft.Error(at, field) : null;

    private async Task SaveAsync()
    {
        _tried = true;
        if (_draft.IsValid) await OnSave.InvokeAsync(_draft.Kept);
    }
}
