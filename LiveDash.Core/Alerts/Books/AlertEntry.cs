using LiveDash.Core.Alerts.Judging;

namespace LiveDash.Core.Alerts.Books;

/// <summary>What the book holds of one alert that is not inactive. Guarded by the book's lock.</summary>
internal sealed class AlertEntry
{
    /// <summary>Its last change.</summary>
    public required AlertTransition Last { get; set; }

    /// <summary>How far its clocks have run since, as the judge told last.</summary>
    public AlertClock Clock { get; set; }

    /// <summary>True once a person has taken note of the open episode.</summary>
    public bool IsAcknowledged { get; set; }
}
