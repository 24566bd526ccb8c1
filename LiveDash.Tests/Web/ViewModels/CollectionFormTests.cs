using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class CollectionFormTests
{
    [Theory]
    [InlineData("room=a, floor=b.c", "")]
    [InlineData("room, =b, floor=c", "'room' is no tag=path.|'=b' is no tag=path.")]
    [InlineData("a=x, b=y, a =z", "'a =z': the tag a stands there twice.")]
    public void TagFaults_TagsThatWouldBeLost_AreNamedEach(string tags, string faults) =>
        Assert.Equal(faults, string.Join('|', new CollectionForm { Tags = tags }.TagFaults()));
}
