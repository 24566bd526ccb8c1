namespace LiveDash.Core.Configuration;

/// <summary>
/// Settings that the program cannot start with. Every fault names its setting and the legal values; the program prints them all, without a stack
/// trace, and exits with code 2.
/// </summary>
public sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>What is wrong, a sentence or two each; at least one.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
