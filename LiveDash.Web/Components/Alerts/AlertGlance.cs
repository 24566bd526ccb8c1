using LiveDash.Web.ViewModels;

namespace LiveDash.Web.Components.Alerts;

/// <summary>
/// What the frame of the page knows of the alerts, one a circuit: the strip looks and writes it, the bell and the drawer read it and follow
/// <see cref="Changed"/>, so that the book is read once for all of them. To be used on the circuit's own thread.
/// </summary>
public sealed class AlertGlance
{
    /// <summary>Something else is to be shown.</summary>
    public event Action? Changed;

    /// <summary>What there is to show.</summary>
    public AlertStripView View { get; private set; } = AlertStripView.Empty;

    /// <summary>True while the drawer of all of them is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Takes what the book says now.</summary>
    internal void Show(AlertStripView view)
    {
        View = view;
        Changed?.Invoke();
    }

    /// <summary>Opens or closes the drawer.</summary>
    public void Open(bool open)
    {
        if (IsOpen == open) return;
        IsOpen = open;
        Changed?.Invoke();
    }
}
