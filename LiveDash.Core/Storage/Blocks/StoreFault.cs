namespace LiveDash.Core.Storage.Blocks;

/// <summary>What a failed write means for the store.</summary>
/// <param name="Kind">What is done about it.</param>
/// <param name="Message">What an operator should know.</param>
internal sealed record StoreFault(StoreFaultKind Kind, string Message);
