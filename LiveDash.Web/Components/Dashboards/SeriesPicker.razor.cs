using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Web.Components.Controls;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Chooses series by typing a part of their name, or a pattern with wildcards.</summary>
public sealed partial class SeriesPicker : ComponentBase
{
    private readonly string _id = "picker-" + Guid.NewGuid().ToString("N")[..8];
    private IReadOnlyList<SeriesKey> _shown = [];
    private string _text = "";
    private int _total;
    private bool _keepEnter;

    /// <summary>What is chosen; this component changes the list in place.</summary>
    [Parameter, EditorRequired]
    public required List<string> Chosen { get; set; }

    /// <summary>What is wrong with the choice, or null.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>The choice changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>The choice after it changed, as a list of its own.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>> OnChosen { get; set; }

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    private string? PatternOffer =>
        _text.AsSpan().ContainsAny('*', '?') && DashboardPanelJson.CheckPattern(_text.Trim()) is null && !Chosen.Contains(_text.Trim()) ? _text.Trim() : null;

    private string Note => _total switch
    {
        0 when Catalog.Count == 0 => "No series yet. Send a point and it is here.",
        0 => "No series has that in its name.",
        _ when _total > _shown.Count => $"{_shown.Count} of {_total:N0} shown; type to narrow them down.",
        1 => "1 series.",
        _ => $"{_total:N0} series.",
    };

    /// <inheritdoc/>
    protected override void OnInitialized() => Find();

    private void Search(ChangeEventArgs change)
    {
        _text = change.Text();
        Find();
    }

    private void Find() => (_shown, _total) = SeriesSearch.Find(Catalog, _text);

    // Enter takes the pattern or the first match; it must not send the form around the field.
    private async Task KeyAsync(KeyboardEventArgs key)
    {
        _keepEnter = key.Key == "Enter";
        if (key.Key != "Enter" || _text.Length == 0) return;
        if ((PatternOffer ?? _shown.FirstOrDefault()?.ToString()) is { } choice && !Chosen.Contains(choice)) await AddAsync(choice);
    }

    private Task ToggleAsync(string series) => Chosen.Contains(series) ? RemoveAsync(series) : AddAsync(series);

    private Task AddAsync(string series)
    {
        Chosen.Add(series);
        return TellAsync();
    }

    private Task RemoveAsync(string series)
    {
        Chosen.Remove(series);
        return TellAsync();
    }

    private async Task TellAsync()
    {
        await OnChanged.InvokeAsync();
        await OnChosen.InvokeAsync([.. Chosen]);
    }
}
