using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>What is chosen of variables, in words and in addresses. Pure.</summary>
public static class VariableWords
{
    private const string Begin = "var-";

    /// <summary>A value as people read it.</summary>
    public static string Of(string value) => value == Placeholders.Any ? "all" : value == Placeholders.Nothing ? "nothing" : value.Length == 0 ? "none yet" : value;

    /// <summary>All of them in a line: <c>host web1, zone all</c>.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> values) => string.Join(", ", values.Select(static one => $"{one.Key} {Of(one.Value)}"));

    /// <summary>The parameter of a variable in the address of a page, as other dashboards have it: <c>var-host</c>.</summary>
    public static string Parameter(string name) => Begin + name;

    /// <summary>What an address asks for, by the names of variables.</summary>
    /// <param name="address">An absolute address.</param>
    public static IReadOnlyDictionary<string, string> Asked(string address) =>
        AddressQuery.Of(address).Where(static one => one.Key.StartsWith(Begin, StringComparison.Ordinal)).ToDictionary(static one => one.Key[Begin.Length..], static one => one.Value, StringComparer.Ordinal);
}
