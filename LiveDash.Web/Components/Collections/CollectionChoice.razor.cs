using LiveDash.Core.Collections;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Collections;

/// <summary>Chooses between the stored series and a mapped collection; nothing where none is mapped.</summary>
public sealed partial class CollectionChoice : ComponentBase
{
    private IReadOnlyList<string> _names = [];

    /// <summary>The collection; empty for stored series.</summary>
    [Parameter, EditorRequired]
    public required string Value { get; set; }

    /// <summary>Called when another is chosen.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    [Inject]
    private CollectionBook Book { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized() => _names = [.. Book.Settings.Collections.Select(static map => map.Name)];
}
