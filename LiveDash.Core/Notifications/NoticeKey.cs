namespace LiveDash.Core.Notifications;

/// <summary>The key that links of notices are signed with, as it is kept, encrypted at rest. Immutable.</summary>
/// <param name="Key">256 random bits in Base64.</param>
internal sealed record NoticeKey(string Key);
