namespace LiveDash.Web.ViewModels;

/// <summary>What a line of a rule's form asks of a series.</summary>
public enum RuleFormKind
{
    /// <summary>An aggregate against a threshold.</summary>
    Compare,

    /// <summary>The mean outside of two borders.</summary>
    Outside,

    /// <summary>Nothing has come for a time.</summary>
    Absent,

    /// <summary>The newest state is a text, or another.</summary>
    State,

    /// <summary>It is strange, by its anomaly detector.</summary>
    Anomaly,
}
