namespace LiveDash.Tests.Shared;

/// <summary>Browser tests share one browser and run one after another: <c>[Collection(BrowserCollection.Name)]</c>.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Browser>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "browser";
}
