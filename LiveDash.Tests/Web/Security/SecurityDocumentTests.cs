using System.Text.RegularExpressions;
using LiveDash.Tests.Architecture;

namespace LiveDash.Tests.Web.Security;

public sealed partial class SecurityDocumentTests
{
    [Fact]
    public void Document_OfSecurity_NamesTestsThatExist()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "SECURITY.md"));
        var types = typeof(SecurityDocumentTests).Assembly.GetTypes().ToLookup(static type => type.Name);
        var missing = Name().Matches(text).Where(match => !types[match.Groups[1].Value].Any(type => match.Groups[2].Value.Length == 0 || type.GetMethod(match.Groups[2].Value) is not null)).Select(static match => match.Value).ToList();

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [GeneratedRegex(@"`(\w+Tests|StoreContract)(?:\.(\w+))?`")]
    private static partial Regex Name();
}
