using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Web.ViewModels;

/// <summary>The variables of a dashboard while somebody edits them, and what is wrong with each. For one circuit's thread.</summary>
public sealed class VariableDraft
{
    /// <summary>Those that there are.</summary>
    public VariableDraft(IEnumerable<DashboardVariable> variables) => Rows = [.. variables];

    /// <summary>The variables as edited; at most <see cref="DashboardVariable.MaxVariables"/>.</summary>
    public IList<DashboardVariable> Rows { get; }

    /// <summary>The variables to keep: without blanks around what was typed, which are no part of it.</summary>
    public IReadOnlyList<DashboardVariable> Kept => [.. Rows.Select(static row => row with { Name = row.Name.Trim(), Tag = row.Tag.Trim(), Series = row.Series.Trim(), Default = string.IsNullOrWhiteSpace(row.Default) ? null : row.Default })];

    /// <summary>Whether there is room for one more.</summary>
    public bool HasRoom => Rows.Count < DashboardVariable.MaxVariables;

    /// <summary>Adds one of a tag; its name is the tag's, as far as that may be a name and none has it.</summary>
    public void Add(string tag)
    {
        if (!HasRoom) return;
        var letters = string.Concat(tag.Where(static c => char.IsAsciiLetterOrDigit(c) || c == '_')).TrimStart('_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var name = letters.Length == 0 ? "name" : letters[..Math.Min(letters.Length, DashboardVariable.MaxName - 2)];
        var free = name;
        for (var n = 2; Rows.Any(row => row.Name == free); n++) free = name + n;
        Rows.Add(new DashboardVariable { Name = free, Tag = tag });
    }

    /// <summary>What is wrong with a field of a row, or null.</summary>
    public string? Error(int row, string field)
    {
        var all = Kept;
        var one = all[row];
        return field switch
        {
            "name" => DashboardVariable.CheckName(one.Name) ?? (all.Take(row).Any(other => other.Name == one.Name) ? "Another one has this name." : null),
            "tag" => DashboardVariable.CheckTag(one.Tag),
            "series" => DashboardVariable.CheckSeries(one.Series),
            "default" => one.Default is { } value ? DashboardVariable.CheckValue(value) : null,
            _ => null,
        };
    }

    /// <summary>True where they can be kept.</summary>
    public bool IsValid => Rows.Count <= DashboardVariable.MaxVariables && Enumerable.Range(0, Rows.Count).All(row => new[] { "name", "tag", "series", "default" }.All(name => Error(row, name) is null));
}
