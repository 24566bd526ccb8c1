namespace LiveDash.Core.Rules;

/// <summary>What becomes of an alert when there is nothing to judge.</summary>
public enum GapPolicy
{
    /// <summary>It stays as it is, and its clocks stand still.</summary>
    Keep,

    /// <summary>It counts as a breach.</summary>
    Alert,

    /// <summary>It counts as gone.</summary>
    Ok,
}
