using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Every series, and one of them in full beside. What is sought, sorted by and open stands in the address.</summary>
public sealed partial class SeriesPage : ComponentBase, IDisposable
{
    private int _chosen = -1;

    /// <summary>Words to search for.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary>What it is sorted by.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>The series that is open.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    [Inject]
    private ViewTime Time { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose() => Time.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Time.Changed += OnChanged;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _chosen = Show is { Length: > 0 } && Catalog.TryFind(Show, out var series) ? series : -1;

    private void Go(string parameter, string? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(parameter, value), replace: parameter != "show");

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);
}
