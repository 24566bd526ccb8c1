namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>What is wrong with one setting.</summary>
/// <param name="Key">Which.</param>
/// <param name="Text">In words.</param>
public readonly record struct SettingOf(string Key, string Text);
