namespace LiveDash.Web.ViewModels;

/// <summary>One thing to do for a sender. Immutable.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="Where">Where the lines go: a shell, a file.</param>
/// <param name="Lines">What to paste.</param>
public sealed record SenderStep(string Title, string Where, string Lines);
