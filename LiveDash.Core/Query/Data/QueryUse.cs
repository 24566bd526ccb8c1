namespace LiveDash.Core.Query.Data;

/// <summary>What an evaluation took. Immutable.</summary>
/// <param name="Series">How many series its selectors touched, each selector counted.</param>
/// <param name="Points">How many points it read.</param>
/// <param name="Bytes">How many bytes of points and values it made.</param>
public sealed record QueryUse(int Series, long Points, long Bytes);
