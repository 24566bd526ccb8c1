namespace LiveDash.Web.ViewModels;

/// <summary>What a browser does when an alert fires, as js/alerts.js keeps it. Immutable.</summary>
/// <param name="Sound">True for a sound.</param>
/// <param name="Notify">True for a notification.</param>
/// <param name="Permission">What the browser says of notifications: <c>default</c>, <c>granted</c>, <c>denied</c> or <c>unavailable</c>.</param>
public sealed record BrowserNoticeSettings(bool Sound, bool Notify, string Permission);
