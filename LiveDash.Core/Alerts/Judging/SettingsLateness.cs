using LiveDash.Core.Configuration;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>Rules' windows allow as much lateness as the window settings say of their series. Thread-safe.</summary>
internal sealed class SettingsLateness(WindowSettingsBook settings, SeriesCatalog catalog) : ISeriesLateness
{
    /// <inheritdoc/>
    public event Action? Changed
    {
        add => settings.Changed += value;
        remove => settings.Changed -= value;
    }

    /// <inheritdoc/>
    public TimeSpan Of(int series) => settings.Plan.Choose(catalog[series]).Lateness;
}
