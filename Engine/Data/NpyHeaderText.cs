using System.Diagnostics.CodeAnalysis;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Reads the header of a .npy file: a Python dictionary of three known keys, in any order and spacing.</summary>
/// <remarks>Nothing is evaluated, only this grammar is accepted; whatever else the text holds is an error that names the file.</remarks>
internal sealed class NpyHeaderText(string path, string text)
{
    private int _position;

    /// <summary>The three entries of the dictionary.</summary>
    internal readonly record struct Fields(string Descr, bool IsFortranOrder, IReadOnlyList<long> Shape);

    /// <summary>Reads the whole dictionary.</summary>
    public Fields Parse()
    {
        string? descr = null;
        bool? isFortranOrder = null;
        List<long>? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            var key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr":
                    descr = ReadDescr();
                    break;
                case "fortran_order":
                    isFortranOrder = ReadTruth();
                    break;
                case "shape":
                    shape = ReadShape();
                    break;
                default:
                    Fail($"the key '{key}' is unknown");
                    break;
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        if (descr is null || isFortranOrder is null || shape is null)
            Fail("one of the keys descr, fortran_order and shape is missing");
        return new Fields(descr, isFortranOrder.Value, shape);
    }

    private string ReadDescr()
    {
        if (Peek() == '[')
            Throw.InvalidData_File(path, "the array has named fields (a structured type); save one plain array a field.");
        return ReadString();
    }

    private string ReadString()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
            Fail("a quoted word is expected");
        var end = text.IndexOf(quote, _position + 1);
        if (end < 0)
            Fail("a quoted word does not end");
        var value = text[(_position + 1)..end];
        _position = end + 1;
        return value;
    }

    private bool ReadTruth()
    {
        SkipSpaces();
        var isTrue = text.AsSpan(_position).StartsWith("True", StringComparison.Ordinal);
        if (!isTrue && !text.AsSpan(_position).StartsWith("False", StringComparison.Ordinal))
            Fail("True or False is expected");
        _position += isTrue ? "True".Length : "False".Length;
        return isTrue;
    }

    private List<long> ReadShape()
    {
        var shape = new List<long>();
        Expect('(');
        while (!TryTake(')'))
        {
            shape.Add(ReadLength());
            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }

        return shape;
    }

    private long ReadLength()
    {
        SkipSpaces();
        var start = _position;
        while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            _position++;
        if (!long.TryParse(text.AsSpan(start, _position - start), out var length))
            Fail("a length of 0 or more is expected");
        // Python 2 wrote long integers as 3L.
        TryTake('L');
        return length;
    }

    private void SkipSpaces()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            _position++;
    }

    private char Peek()
    {
        SkipSpaces();
        return _position < text.Length ? text[_position] : '\0';
    }

    private bool TryTake(char expected)
    {
        if (Peek() != expected)
            return false;
        _position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
            Fail($"'{expected}' is expected");
    }

    [DoesNotReturn]
    private void Fail(string reason) =>
        Throw.InvalidData_File(path, $"the .npy header cannot be read: {reason} at character {_position} of {text.TrimEnd()}");
}
