namespace LiveDash.Tests.Shared;

/// <summary>A field that <see cref="PageTyping"/> typed into.</summary>
/// <param name="Key">Its kind, as <see cref="PageWalk"/> tells it.</param>
/// <param name="Text">What was typed.</param>
/// <param name="IsSecret">True for one that hides what it holds.</param>
internal sealed record TypedField(string Key, string Text, bool IsSecret);
