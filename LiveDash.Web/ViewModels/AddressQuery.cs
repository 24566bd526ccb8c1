using Microsoft.AspNetCore.WebUtilities;

namespace LiveDash.Web.ViewModels;

/// <summary>Reads the parameters of an address. Pure.</summary>
public static class AddressQuery
{
    /// <summary>The parameters by name; of several with one name the first.</summary>
    /// <param name="address">An absolute address.</param>
    public static IReadOnlyDictionary<string, string> Of(string address)
    {
        var query = new Uri(address).Query;
        return QueryHelpers.ParseQuery(query).ToDictionary(static pair => pair.Key, static pair => pair.Value[0] ?? "", StringComparer.Ordinal);
    }
}
