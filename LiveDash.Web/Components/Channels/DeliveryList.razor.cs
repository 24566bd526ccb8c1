using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Channels;

/// <summary>Deliveries that wait, or that were given up, with the means to try or forget them.</summary>
public sealed partial class DeliveryList : ComponentBase
{
    private readonly string _id = "deliveries-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>What they are called.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The newest of them.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<DeliveryItem> Items { get; set; }

    /// <summary>How many there are.</summary>
    [Parameter, EditorRequired]
    public int Count { get; set; }

    /// <summary>True where they were given up.</summary>
    [Parameter]
    public bool AreUndelivered { get; set; }

    /// <summary>To be tried at once: the key.</summary>
    [Parameter]
    public EventCallback<string> OnRetry { get; set; }

    /// <summary>To be forgotten: the key.</summary>
    [Parameter]
    public EventCallback<string> OnForget { get; set; }

    /// <summary>All are to be tried at once, listed or not.</summary>
    [Parameter]
    public EventCallback OnRetryAll { get; set; }

    /// <summary>All are to be forgotten, listed or not.</summary>
    [Parameter]
    public EventCallback OnForgetAll { get; set; }
}
