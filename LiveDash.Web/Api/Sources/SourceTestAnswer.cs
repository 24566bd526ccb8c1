namespace LiveDash.Web.Api.Sources;

/// <summary>What a try of a source found.</summary>
/// <param name="Works">Whether it works.</param>
/// <param name="Text">What was found, or why not.</param>
public sealed record SourceTestAnswer(bool Works, string Text);
