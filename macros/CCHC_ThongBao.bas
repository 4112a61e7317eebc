Attribute VB_Name = "CCHC_ThongBao"
Option Explicit
Option Private Module
'What is said to the official. VBA holds no Vietnamese: the texts stand on the sheet with the code name TuKiemTra,
'in two hidden columns, each beside its key.
'Written without #If: LibreOffice takes every branch, and one module it cannot read silences all of them.

Private Declare PtrSafe Function MessageBoxW Lib "user32" (ByVal owner As LongPtr, ByVal text As LongPtr, ByVal caption As LongPtr, ByVal kind As Long) As Long

Private Const TEXTS As String = "D1:E200"
Private Const NO_TEXT As String = "Trang Tu kiem tra da bi xoa. Hay tai lai mau, hoac dung ban .xlsx. Ma: "

Public Function CCHC_Text(ByVal key As String) As String
    Dim table As Variant, place As Long
    CCHC_Text = NO_TEXT & key
    On Error Resume Next
    table = CCHC_Sheet("TuKiemTra").Range(TEXTS).Value
    For place = LBound(table, 1) To UBound(table, 1)
        If table(place, 1) = key Then
            CCHC_Text = table(place, 2)
            Exit Function
        End If
    Next place
End Function

Public Function CCHC_Sheet(ByVal codeName As String) As Object
    'The code name stays when an official renames the tab. Nothing where the sheet was deleted.
    Dim sheet As Worksheet
    For Each sheet In ThisWorkbook.Worksheets
        If sheet.CodeName = codeName Then Set CCHC_Sheet = sheet
    Next sheet
End Function

Public Sub CCHC_Say(ByVal text As String)
    Dim unused As Long
    unused = CCHC_Ask(text, vbInformation)
End Sub

Public Function CCHC_Ask(ByVal text As String, ByVal kind As Long) As Long
    'On Windows MsgBox shows question marks for the letters that its language does not have.
    Dim caption As String
    caption = CCHC_Text("title")
    On Error Resume Next
    CCHC_Ask = MessageBoxW(Application.Hwnd, StrPtr(text), StrPtr(caption), kind)
    If Err.Number <> 0 Then CCHC_Ask = MsgBox(text, kind, caption)
End Function

Public Function CCHC_LoiHam(ByVal number As Long, ByVal description As String) As String
    'What a cell shows when its function could not be called; the name is known to the wrappers.
    CCHC_LoiHam = CCHC_Text("cell_" & FailureOf(number, description))
End Function

Public Function CCHC_Failure(ByVal number As Long, ByVal description As String) As String
    'What a button says when Python could not be called, and how to go on without it.
    CCHC_Failure = CCHC_Text(FailureOf(number, description)) & vbLf & vbLf & CCHC_Text("go_on") _
        & vbLf & vbLf & CCHC_Text("reported") & " " & number & " " & description
End Function

Private Function FailureOf(ByVal number As Long, ByVal description As String) As String
    'Windows writes its texts in its own language, so what it reports is told by its number.
    Select Case number
        Case -2147023174, -2147023170, -2147023169, -2147417848, -2147418105, -2147418094
            FailureOf = "stopped"
            Exit Function
    End Select
    FailureOf = "other"
    If InStr(description, "Could not activate Python COM server") > 0 Then FailureOf = "no_connection"
    If InStr(description, "Python process exited") > 0 Then FailureOf = "no_package"
    If InStr(description, "No module named") > 0 Then FailureOf = "no_package"
    If InStr(description, "has no attribute") > 0 Then FailureOf = "no_function"
    If InStr(1, description, ".dll", vbTextCompare) > 0 Then FailureOf = MissingPart()
End Function

Private Function MissingPart() As String
    'xlwings looks for its library beside Python: without Python there is none either.
    Dim pythonIsThere As Boolean
    MissingPart = "no_python"
    On Error Resume Next
    pythonIsThere = FileExists(GetConfig("INTERPRETER_WIN"))
    If pythonIsThere Then MissingPart = "no_library"
End Function
