using LiveDash.Core.Storage;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Layout;

/// <summary>
/// Says on every page when the store takes no points: a full disk, or a failed sync. It asks <see cref="IPointStore.Status"/> every
/// <see cref="Period"/>, which is cheap, and renders only when the answer changed.
/// </summary>
public sealed partial class StoreBanner : LookingComponentBase
{
    private (StoreState State, string? Message) _seen = (StoreState.Ready, null);

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    private bool Serious => _seen.State is StoreState.Full or StoreState.ReadOnly or StoreState.Unavailable;

    private string Title => _seen.State switch
    {
        StoreState.Full => "The disk is full.",
        StoreState.ReadOnly => "The store is read-only.",
        StoreState.Unavailable => "The database cannot be reached.",
        _ => "The store is opening.",
    };

    private string? Message => _seen.State == StoreState.Ready
        ? null
        : _seen.Message ?? (Serious ? "New points are refused; charts of what is kept and alerts go on." : "Stored points will show in a moment.");

    /// <inheritdoc/>
    protected override TimeSpan Period => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override void OnInitialized() => Look();

    /// <inheritdoc/>
    protected override bool Look()
    {
        // Where no store is registered nothing can be full.
        if (Services.GetService<IPointStore>() is not { } store) return false;
        var status = store.Status;
        var now = (status.State, status.Message);
        if (now == _seen) return false;
        _seen = now;
        return true;
    }
}
