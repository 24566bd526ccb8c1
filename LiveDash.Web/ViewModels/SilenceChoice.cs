namespace LiveDash.Web.ViewModels;

/// <summary>How long somebody wants quiet, and why. Immutable.</summary>
/// <param name="For">How long.</param>
/// <param name="Comment">Why; may be empty.</param>
public sealed record SilenceChoice(TimeSpan For, string Comment);
