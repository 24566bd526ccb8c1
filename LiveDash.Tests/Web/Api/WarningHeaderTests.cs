using LiveDash.Web.Api;
using Microsoft.AspNetCore.Http;

namespace LiveDash.Tests.Web.Api;

public sealed class WarningHeaderTests
{
    [Theory]
    [InlineData("of 1h: the last of each", "299 - \"of 1h: the last of each\"")]
    [InlineData("says \"no\"", "299 - \"says 'no'\"")]
    // What would end the header, or be refused in one.
    [InlineData("ofen{raum=\"küche\"}\r\nSet-Cookie: a=b\\", "299 - \"ofen{raum='kche'}Set-Cookie: a=b\"")]
    public void Add_AnyText_IsAHeaderThatCanBeSent(string warning, string expected)
    {
        var context = new DefaultHttpContext();
        WarningHeader.Add(context.Response, warning);
        WarningHeader.Add(context.Response, "second");
        Assert.Equal($"{expected}|299 - \"second\"", string.Join("|", context.Response.Headers["Warning"].ToArray()));
    }
}
