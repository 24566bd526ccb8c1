namespace LiveDash.Web.Security.Sharing;

/// <summary>The body of <c>POST /api/snapshots</c>.</summary>
internal sealed record SnapshotRequest
{
    /// <summary>The id of the dashboard, as in its address.</summary>
    public string? Dashboard { get; init; }

    /// <summary>From when; a time such as <c>now-1h</c>, which is the default.</summary>
    public string? From { get; init; }

    /// <summary>Until when; <c>now</c> where nothing is said.</summary>
    public string? To { get; init; }

    /// <summary>What it is called.</summary>
    public string? Name { get; init; }

    /// <summary>What is chosen of the dashboard's variables, by name; <c>*</c> for all, where the variable has that; none is empty. What is not here is what the dashboard begins with.</summary>
    public Dictionary<string, string>? Variables { get; init; }

    /// <summary>For how many days it is good; 7 where nothing is said.</summary>
    public int? Days { get; init; }
}
