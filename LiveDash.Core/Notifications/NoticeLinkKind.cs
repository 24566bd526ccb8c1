namespace LiveDash.Core.Notifications;

/// <summary>What a link of a notice opens.</summary>
public enum NoticeLinkKind
{
    /// <summary>A page that acknowledges or silences the one alert.</summary>
    Action,

    /// <summary>A picture of the one alert's chart.</summary>
    Picture,
}
