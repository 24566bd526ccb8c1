namespace LiveDash.Core.Storage;

/// <summary>What is wrong with settings of tiers. Immutable.</summary>
/// <param name="At">Which of them, counted from 0; -1 for all together.</param>
/// <param name="Field">Which property of <see cref="TierSetting"/>; empty for all together.</param>
/// <param name="Detail">What, and what is legal.</param>
public readonly record struct TierFault(int At, string Field, string Detail);
